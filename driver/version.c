/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/algometer.h"

const char *alg_version(void)
{
	return ALG_VERSION;
}
