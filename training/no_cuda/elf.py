"""The layout of a 64-bit ELF file for x86-64: System V ABI, and GNU's extension for symbol versions."""

from __future__ import annotations

from struct import Struct

HEADER = Struct("<16sHHIQQQIHHHHHH")
SECTION = Struct("<IIQQQQIIQQ")
SEGMENT = Struct("<IIQQQQQQ")
SYMBOL = Struct("<IBBHQQ")
#: An entry of the dynamic section: tag and value.
DYNAMIC = Struct("<QQ")
#: Versions that a library needs of another, and one such version.
NEED, NEEDED_VERSION = Struct("<HHIII"), Struct("<IHHII")
#: A version that a library has, and its name.
DEFINITION, DEFINED_NAME = Struct("<HHHHIII"), Struct("<II")

# Kinds of sections.
SHT_DYNAMIC, SHT_DYNSYM, SHT_VERNEED, SHT_VERSYM = 6, 11, 0x6FFFFFFE, 0x6FFFFFFF

# Kinds of segments, and their rights.
PT_LOAD, PT_DYNAMIC, PT_GNU_STACK = 1, 2, 0x6474E551
PF_X, PF_W, PF_R = 1, 2, 4

# Tags of the dynamic section.
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT = 1, 4, 5, 6, 10, 11
DT_VERSYM, DT_VERDEF, DT_VERDEFNUM = 0x6FFFFFF0, 0x6FFFFFFC, 0x6FFFFFFD

ET_DYN, EM_X86_64, GLOBAL_FUNCTION = 3, 62, 0x12
#: The index of the version that stands for the library itself, which symbols without a version have.
UNVERSIONED = 1
