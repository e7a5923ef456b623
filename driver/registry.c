/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * registry.c - the families there are, and what a USB identity tells. A new family is one line in
 * FAMILIES, a new model of a known family one row in the table.
 */
#include "driver/driver.h"

#include <stdio.h>
#include <string.h>

#define FAMILIES(one) \
	one(wagner) \
	one(wagner_fdix) \
	one(mark10) \
	one(lutron) \
	one(imada) \
	one(imada_zt) \
	one(shimpo) \
	one(cpar) \
	one(sauter) \
	one(loadstar) \
	one(kcp) \
	one(kern_scale) \
	one(openscale) \
	one(hx711) \
	one(hid_scale) \
	one(godirect) \
	one(golink) \
	one(phidget) \
	one(text)

#define DECLARE(name) extern const struct alg_driver alg_driver_##name;
FAMILIES(DECLARE)

#define ENTRY(name) &alg_driver_##name,
const struct alg_driver *const alg_drivers[] = {FAMILIES(ENTRY) NULL};

/*
 * Identities seen in public by their owners and in open source; weighing devices are known by their
 * report descriptor all the same. An adapter's identity says nothing about the gauge behind it.
 */
static const struct alg_model models[] = {
	{0x0403, 0x6001, NULL, "FTDI FT232R adapter"},
	{0x0403, 0x6015, NULL, "FTDI FT-X adapter"},
	{0x10c4, 0xea60, NULL, "Silicon Labs CP210x adapter (used by Mark-10, among many)"},
	{0x067b, 0x2303, NULL, "Prolific PL2303 adapter"},
	{0x1a86, 0x7523, NULL, "WCH CH340 adapter"},
	{0x1412, 0x0200, "imada", "Imada DSV/DST Series", "ftdi_sio"}, /* an FTDI chip, and a serial line all the same */
	{0x0922, 0x8003, "hid-scale", "Dymo M10"},
	{0x0922, 0x8004, "hid-scale", "Dymo M25"},
	{0x0922, 0x8009, "hid-scale", "Dymo S180, S250"},
	{0x1446, 0x6a73, "hid-scale", "Stamps.com 510"},
	{0x1446, 0x6a79, "hid-scale", "DS25"},
	{0x7b7c, 0x0100, "hid-scale", "PS311"},
	{0x2474, 0x0550, "hid-scale", "Stamps.com 550"},
	{0x2474, 0x3550, "hid-scale", "Stamps.com"},
	{0x0eb8, 0xf000, "hid-scale", "Mettler-Toledo"},
	{0x0eb8, 0xf001, "hid-scale", "Mettler-Toledo"},
	{0x6096, 0x0158, "hid-scale", "Sanford, Dymo"},
	{0x0b67, 0x555e, "hid-scale", "Fairbanks"},
	{0x0d8f, 0x0200, "hid-scale", "Pitney Bowes"},
	{0x06c2, 0x003b, "phidget", "PhidgetBridge 1046"},
	{0x08f7, 0x0003, "golink", "Vernier Go!Link"},
	{0x08f7, 0x0010, "godirect", "Vernier Go Direct"},
	{0x08f7, 0x0001, "", "Vernier LabPro (not supported)"},
	{0x08f7, 0x0002, "", "Vernier Go!Temp (not supported)"},
	{0x08f7, 0x0004, "", "Vernier Go!Motion (not supported)"},
	{0x08f7, 0x0005, "", "Vernier LabQuest (not supported)"},
	{0x08f7, 0x0006, "", "Vernier SpectroVis (not supported)"},
	{0x08f7, 0x0007, "", "Vernier Mini GC (not supported)"},
	{0x08f7, 0x0008, "", "Vernier LabQuest Mini (not supported)"},
	{0x08f7, 0x0009, "", "Vernier SpectroVis (not supported)"},
};

const struct alg_driver *alg_driver_find(const char *family)
{
	for (size_t i = 0; alg_drivers[i]; i++)
		if (strcmp(alg_drivers[i]->info.name, family) == 0)
			return alg_drivers[i];
	return NULL;
}

const struct alg_model *alg_model_at(size_t index)
{
	return index < sizeof(models) / sizeof(models[0]) ? &models[index] : NULL;
}

const struct alg_model *alg_model_find(uint16_t vid, uint16_t pid)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (models[i].vid == vid && models[i].pid == pid)
			return &models[i];
	return NULL;
}

size_t alg_family_count(void)
{
	return sizeof(alg_drivers) / sizeof(alg_drivers[0]) - 1;
}

const struct alg_family_info *alg_family_at(size_t index)
{
	return index < alg_family_count() ? &alg_drivers[index]->info : NULL;
}

const struct alg_family_info *alg_family_find(const char *name)
{
	const struct alg_driver *driver = alg_driver_find(name);

	return driver ? &driver->info : NULL;
}

void alg_family_names(char *out, size_t cap)
{
	size_t len = 0;

	if (cap == 0)
		return;
	*out = '\0';
	for (size_t i = 0; alg_drivers[i] && len < cap; i++, len = strlen(out))
		snprintf(out + len, cap - len, "%s%s", i ? ", " : "", alg_drivers[i]->info.name);
}
