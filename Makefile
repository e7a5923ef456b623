# SPDX-License-Identifier: GPL-3.0-or-later
# Algometer. `make` builds, `make demo` and `make test` first install what is missing (DEPS=no: they do not).
# CC, CFLAGS, CPPFLAGS, LDFLAGS, PREFIX and DESTDIR are the user's. V=1 shows the commands.

VERSION = 0.1.0
BUILD  ?= build
PREFIX ?= /usr/local
UDEVDIR ?= $(PREFIX)/lib/udev/rules.d
DEPS   ?= yes
WERROR ?=
SAN    ?=
FUZZ_SECONDS ?= 15

CFLAGS ?= -O2 -g
PKG    = pkg-config
Q      = $(if $(V),,@)
say    = $(if $(V),@:,@printf '  %-6s %s\n')

STD  = -std=c17 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
       -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wno-format-nonliteral \
       -Wno-missing-field-initializers $(if $(WERROR),-Werror)
SANF = $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
DEFS = -DALG_VERSION='"$(VERSION)"' -DALG_SOURCE_DIR='"$(CURDIR)"' -DALG_DATA_DIR='"$(PREFIX)/share/algometer"'

# ---- sources are found by room: a new file needs no edit here ------------------------------------
DRIVER_DIRS = base driver driver/transport driver/frame driver/devices
ROOM_DIRS   = $(DRIVER_DIRS) host data acq ui stats analysis sim
obj   = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
room  = $(call obj,$(filter-out %/template.c,$(foreach d,$(1),$(wildcard $(d)/*.c))))

ROOM_OBJS   = $(call room,$(ROOM_DIRS))
CLI_OBJS    = $(call room,cli)
UNIT_SRCS   = $(wildcard tests/unit/test_*.c)
UNIT_BINS   = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(UNIT_SRCS))
FUZZ_SRCS   = $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_BINS   = $(patsubst tests/fuzz/%.c,$(BUILD)/tests/%,$(FUZZ_SRCS))
HELPER_OBJS = $(call obj,$(wildcard tests/unit/help_*.c) tests/bed/usbdev.c)
HELP_BINS   = $(patsubst tests/system/%.c,$(BUILD)/tests/%,$(wildcard tests/system/*.c))

# ---- libraries: an include path goes only to the files that may see the library ----------------
$(BUILD)/obj/driver/transport/serial.o: INC = $(shell $(PKG) --cflags libserialport)
$(BUILD)/obj/driver/transport/usb.o $(BUILD)/obj/driver/transport/usb_io.o: INC = $(shell $(PKG) --cflags libusb-1.0)
$(BUILD)/obj/driver/discovery.o $(BUILD)/obj/driver/adapter.o: INC = $(shell $(PKG) --cflags libudev)
$(BUILD)/obj/host/%.o:                  INC = $(shell $(PKG) --cflags libudev)
$(BUILD)/obj/data/h5_%.o:               INC = $(shell $(PKG) --cflags hdf5 zlib)
$(BUILD)/obj/data/journal.o $(BUILD)/obj/data/replay.o: INC = $(shell $(PKG) --cflags zlib)
$(BUILD)/obj/data/yaml.o:               INC = $(shell $(PKG) --cflags yaml-0.1)
$(BUILD)/obj/data/digest.o:             INC = $(shell $(PKG) --cflags libsodium)
$(BUILD)/obj/ui/button_evdev.o:         INC = $(shell $(PKG) --cflags libevdev)
$(BUILD)/obj/ui/sound.o:                INC = $(shell $(PKG) --cflags alsa)
$(BUILD)/obj/ui/canvas.o:               INC = $(shell $(PKG) --cflags ncursesw)
$(BUILD)/obj/stats/dist.o:              INC = $(shell $(PKG) --cflags libRmath)
$(BUILD)/obj/tests/%.o:                 INC = $(shell $(PKG) --cflags hdf5 libusb-1.0 libserialport cmocka zlib)

$(BUILD)/obj/tests/bed/%.o:             INC = $(shell $(PKG) --cflags umockdev-1.0)
# umockdev's preload library comes first, so that no wrapper is needed.
$(BUILD)/obj/tests/unit/test_adapter.o $(BUILD)/obj/tests/unit/test_doctor.o: INC = $(shell $(PKG) --cflags cmocka umockdev-1.0)
$(BUILD)/tests/test_adapter $(BUILD)/tests/test_doctor: MOCK = -Wl,--no-as-needed -l:libumockdev-preload.so.0
$(BUILD)/tests/test_adapter $(BUILD)/tests/test_doctor: TEST_LIBS += $(shell $(PKG) --libs umockdev-1.0)

LIBS = $(shell $(PKG) --libs libserialport libusb-1.0 libudev hdf5 yaml-0.1 libcjson libsodium zlib libevdev alsa ncursesw libRmath) -lm -pthread
TEST_LIBS = $(shell $(PKG) --libs cmocka) -lutil

.PHONY: all lib test check-asan check-tsan fuzz-short coverage bench install uninstall demo deps clean format docs
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BUILD)/algometer lib
lib: $(BUILD)/libalgometer.so.0

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(CC) $(STD) -I. -fPIC -fvisibility=hidden $(DEFS) $(INC) $(CPPFLAGS) $(WARN) $(CFLAGS) $(SANF) -MMD -MP -c $< -o $@

# Archives are made anew: a source that was removed must not live on in them.
$(BUILD)/libalgometer.a: $(call room,$(DRIVER_DIRS))
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/librooms.a: $(ROOM_OBJS)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/libalgometer.so.0: $(call room,$(DRIVER_DIRS))
	$(say) LD $@
	$(Q)$(CC) -shared -Wl,-soname,libalgometer.so.0 $(CFLAGS) $(SANF) $(LDFLAGS) $^ \
		$(shell $(PKG) --libs libserialport libusb-1.0 libudev libcjson) -lm -pthread -o $@

$(BUILD)/algometer: $(CLI_OBJS) $(BUILD)/librooms.a
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) $^ $(LIBS) -o $@

# ---- tests --------------------------------------------------------------------------------------------
$(BUILD)/tests/test_%: $(BUILD)/obj/tests/unit/test_%.o $(HELPER_OBJS) $(BUILD)/librooms.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) $(MOCK) $(filter %.o,$^) $(filter %.a,$^) $(LIBS) $(TEST_LIBS) -o $@

$(BUILD)/tests/test_progress: $(BUILD)/obj/cli/progress.o
$(BUILD)/tests/test_families $(BUILD)/tests/test_profile $(BUILD)/tests/fuzz_profile: $(BUILD)/obj/cli/profile.o

# Corpus runner: the fuzz targets over their stored inputs, with any compiler.
$(BUILD)/tests/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/standalone.o $(BUILD)/librooms.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) $(filter %.o,$^) $(filter %.a,$^) $(LIBS) -o $@

$(HELP_BINS): $(BUILD)/tests/%: $(BUILD)/obj/tests/system/%.o $(HELPER_OBJS) $(BUILD)/librooms.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) $^ $(LIBS) $(TEST_LIBS) -o $@

# The system bed: linked with umockdev's own preload library first, so that no wrapper is needed.
$(BUILD)/tests/bed: $(call obj,$(wildcard tests/bed/*.c)) $(BUILD)/obj/cli/simport.o $(BUILD)/librooms.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) -Wl,--no-as-needed -l:libumockdev-preload.so.0 $^ $(LIBS) $(TEST_LIBS) \
		$(shell $(PKG) --libs umockdev-1.0) -o $@

TEST_FILES = $(UNIT_BINS) $(FUZZ_BINS) $(HELP_BINS) $(BUILD)/gen_rules $(BUILD)/tests/bed

# deps first and alone, so that a fresh machine has a compiler before anything is compiled.
test:
	$(if $(filter yes,$(DEPS)),@sh .ci/deps.sh build test)
	@$(MAKE) --no-print-directory run-tests DEPS=no

.PHONY: run-tests build-tests
build-tests: all $(TEST_FILES)
run-tests: build-tests
	@BUILD='$(BUILD)' SAN='$(SAN)' sh tests/run.sh $(TESTS)

check-asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SAN=address,undefined \
		CFLAGS='-O1 -g -fno-sanitize-recover=all' DEPS=no run-tests

check-tsan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan SAN=thread CFLAGS='-O1 -g' DEPS=no run-tests TESTS='--threads'

coverage:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/cov CFLAGS='-O0 -g --coverage -fprofile-update=atomic' LDFLAGS='--coverage' DEPS=no run-tests
	@gcovr -r . $(BUILD)/cov --exclude tests/ --print-summary -o $(BUILD)/cov/coverage.txt
	@tail -n 3 $(BUILD)/cov/coverage.txt

# libFuzzer, each target (or TARGETS='decode framing') for FUZZ_SECONDS from its corpus; MERGE=yes keeps what is new.
fuzz-short:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang SAN=address,undefined \
		CFLAGS='-O1 -g -fno-sanitize-recover=all -fsanitize=fuzzer-no-link' $(BUILD)/fuzz/librooms.a $(BUILD)/fuzz/obj/cli/profile.o \
		$(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/obj/tests/fuzz/%.o,$(FUZZ_SRCS))
	@BUILD='$(BUILD)' LIBS='$(LIBS)' SECONDS_EACH=$(FUZZ_SECONDS) TARGETS='$(TARGETS)' MERGE='$(MERGE)' sh tests/fuzz/run.sh

# Sessions killed, cut off from power and given failing disks. TORTURE=short: a part of it, for every change.
TORTURE ?= long
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
.PHONY: torture
torture: all $(BUILD)/torture-shim.so $(if $(shell $(PKG) --exists fuse3 && echo yes),$(BUILD)/memdisk)
	@PROGRAM='$(BUILD)/algometer' SHIM='$(BUILD)/torture-shim.so' MEMDISK='$(BUILD)/memdisk' $(PYTHON) tests/torture/torture.py $(TORTURE) $(PARTS)
$(BUILD)/torture-shim.so: tests/torture/shim.c
	$(say) LD $@
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -Wno-missing-prototypes $(CFLAGS) -shared -fPIC $< -o $@ -ldl

$(BUILD)/memdisk: tests/torture/memdisk.c
	$(say) LD $@
	$(Q)$(CC) $(STD) $(WARN) -Wno-write-strings -Wno-discarded-qualifiers $(CFLAGS) $(shell $(PKG) --cflags fuse3) $< -o $@ $(shell $(PKG) --libs fuse3)

# The transports and the real libraries under valgrind: no error, nothing definitely lost.
.PHONY: check-valgrind
check-valgrind: $(BUILD)/tests/test_bed_serial $(BUILD)/tests/test_bed_usb
	@for t in $^; do JOBS_AT_ONCE=4 timeout 300 valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
		--trace-children=yes $$t || exit 1; done

bench: build-tests
	@BUILD='$(BUILD)' bash tests/bench.sh

# ---- the rest --------------------------------------------------------------------------------------
deps:
	@sh .ci/deps.sh build test

demo:
	$(if $(filter yes,$(DEPS)),@sh .ci/deps.sh build demo)
	@$(MAKE) --no-print-directory all
	@[ ! -e demo/.made-by-algometer-demo ] || rm -rf demo # an earlier demo's own folder
	@$(BUILD)/algometer demo demo

# What is made from the sources and committed all the same; shape tests compare.
.PHONY: FORCE
docs: docs/MESSAGES.md docs/FORMAT.md docs/DEVICES.md udev/70-algometer.rules
udev/70-algometer.rules: $(BUILD)/gen_rules FORCE
	$(say) GEN $@
	$(Q)$< > $@
$(BUILD)/gen_rules: $(BUILD)/obj/udev/gen_rules.o $(BUILD)/libalgometer.a
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(SANF) $(LDFLAGS) $^ $(LIBS) -o $@
docs/FORMAT.md: $(BUILD)/tests/format_tables docs/make-format.sh FORCE
	$(say) GEN $@
	$(Q)$< > $(BUILD)/format-tables && sh docs/make-format.sh $(BUILD)/format-tables < $@ > $(BUILD)/FORMAT.md
	$(Q)cp $(BUILD)/FORMAT.md $@
docs/DEVICES.md: $(BUILD)/algometer docs/make-devices.sh FORCE
	$(say) GEN $@
	$(Q)$< families --table > $(BUILD)/devices-table && sh docs/make-devices.sh $(BUILD)/devices-table > $(BUILD)/DEVICES.md
	$(Q)cp $(BUILD)/DEVICES.md $@
docs/MESSAGES.md: base/messages.h docs/make-messages.sh FORCE
	$(say) GEN $@
	$(Q)sh docs/make-messages.sh < base/messages.h > $@

install: all
	install -Dm755 $(BUILD)/algometer $(DESTDIR)$(PREFIX)/bin/algometer
	install -Dm644 $(BUILD)/libalgometer.so.0 $(DESTDIR)$(PREFIX)/lib/libalgometer.so.0
	ln -sf libalgometer.so.0 $(DESTDIR)$(PREFIX)/lib/libalgometer.so
	install -Dm644 driver/algometer.h $(DESTDIR)$(PREFIX)/include/algometer/driver/algometer.h
	for h in log messages status units; do install -Dm644 base/$$h.h $(DESTDIR)$(PREFIX)/include/algometer/base/$$h.h; done
	mkdir -p $(DESTDIR)$(PREFIX)/lib/pkgconfig
	printf 'prefix=%s\nName: algometer\nDescription: driver for hand-held force gauges\nVersion: %s\nCflags: -I$${prefix}/include/algometer\nLibs: -L$${prefix}/lib -lalgometer\n' \
		'$(PREFIX)' '$(VERSION)' > $(DESTDIR)$(PREFIX)/lib/pkgconfig/algometer.pc
	install -Dm644 udev/70-algometer.rules $(DESTDIR)$(UDEVDIR)/70-algometer.rules
	install -Dm644 man/algometer.1 $(DESTDIR)$(PREFIX)/share/man/man1/algometer.1
	install -Dm644 sites/sites.tsv $(DESTDIR)$(PREFIX)/share/algometer/sites/sites.tsv
	install -Dm644 sites/body_outline.tsv $(DESTDIR)$(PREFIX)/share/algometer/sites/body_outline.tsv
	install -Dm644 norms/norms.tsv $(DESTDIR)$(PREFIX)/share/algometer/norms/norms.tsv
	for p in procedures/*.yaml profiles/*.yaml; do install -Dm644 $$p $(DESTDIR)$(PREFIX)/share/algometer/$$p; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/algometer $(DESTDIR)$(PREFIX)/lib/libalgometer.so $(DESTDIR)$(PREFIX)/lib/libalgometer.so.0
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/algometer.1 $(DESTDIR)$(PREFIX)/lib/pkgconfig/algometer.pc
	rm -f $(DESTDIR)$(UDEVDIR)/70-algometer.rules
	rm -rf $(DESTDIR)$(PREFIX)/share/algometer $(DESTDIR)$(PREFIX)/include/algometer

clean:
	rm -rf $(BUILD)

format:
	git ls-files '*.c' '*.h' | xargs clang-format -i

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
