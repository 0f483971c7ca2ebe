"""A filter of system calls for bubblewrap, as the kernel's own short programs (classic BPF).

It refuses what a model never needs and what has broken walls before: new namespaces and mounts,
other processes' memory, kernel keys, bpf and io_uring, memory that no limit counts (memfd, System
V, anonymous shared mappings, pages given to a pipe, rules of landlock, large buffers of sockets),
sockets of all families but Unix. The numbers are the kernel's (asm/unistd.h); no kept library makes
them plainer than two tables and a loop.
"""

from __future__ import annotations

import errno
import platform
from struct import pack

# mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsconfig fsmount fspick
# mount_setattr ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp bpf perf_event_open
# userfaultfd keyctl add_key request_key open_by_handle_at name_to_handle_at kexec_load
# kexec_file_load init_module finit_module delete_module acct swapon swapoff reboot settimeofday
# clock_settime clock_adjtime adjtimex syslog quotactl sethostname setdomainname vhangup
# fanotify_init mq_open open_tree_attr
_REFUSED = {
    "x86_64": (165, 166, 155, 161, 272, 308, 428, 429, 430, 431, 432, 433, 442, 101, 310, 311, 438,
               312, 321, 298, 323, 250, 248, 249, 304, 303, 246, 320, 175, 313, 176, 163, 167, 168,
               169, 164, 227, 305, 159, 103, 179, 170, 171, 153, 300, 240, 467),
    "aarch64": (40, 39, 41, 51, 97, 268, 428, 429, 430, 431, 432, 433, 442, 117, 270, 271, 438,
                272, 280, 241, 282, 219, 217, 218, 265, 264, 104, 294, 105, 273, 106, 89, 224, 225,
                142, 170, 112, 266, 171, 116, 60, 161, 162, 58, 262, 180, 467),
}  # fmt: skip
# clone3 (its flags cannot be seen by a filter) memfd_create memfd_secret io_uring_setup _enter
# _register shmget shmat shmctl msgget semget vmsplice landlock_create_ruleset _add_rule
# _restrict_self: libraries fall back where these do not exist.
_ABSENT = {
    "x86_64": (435, 319, 447, 425, 426, 427, 29, 30, 31, 68, 64, 278, 444, 445, 446),
    "aarch64": (435, 279, 447, 425, 426, 427, 194, 196, 195, 186, 190, 75, 444, 445, 446),
}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE, _SOCKET, _IOCTL = ({"x86_64": 56, "aarch64": 220}, {"x86_64": 41, "aarch64": 198},
                           {"x86_64": 16, "aarch64": 29})  # fmt: skip
_SETSOCKOPT, _MMAP = {"x86_64": 54, "aarch64": 208}, {"x86_64": 9, "aarch64": 222}
_NAMESPACES = 0x7E020000
"""CLONE_NEW... flags of clone(2)."""
_UNIX = 1
"""The one family of sockets: there is no network, and what TCP buffers nothing counts."""
_BUFFERS = (7, 8, 32, 33)
"""SO_SNDBUF, SO_RCVBUF and both ...FORCE."""
_SHARED_ANONYMOUS = 0x21
"""MAP_SHARED and MAP_ANONYMOUS: pages that stay when a process drops them from its own count."""
_TYPED = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX: typing into somebody's terminal."""

_NUMBER, _ARCH, _FIRST, _SECOND, _THIRD, _FOURTH = 0, 4, 16, 24, 32, 40
"""Offsets in struct seccomp_data; the low halves of the first four arguments."""
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_X32 = 0x40000000


def _refuse(number: int) -> int:
    return 0x00050000 | number  # SECCOMP_RET_ERRNO


def program(cuda: bool) -> bytes | None:
    """The filter for this machine; None where its processor is not in the tables.

    `cuda`: anonymous shared mappings are allowed, for CUDA's pinned memory is made of them.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURE:
        return None
    steps = [
        _load(_ARCH), _unless(_ARCHITECTURE[machine], _KILL),
        _load(_NUMBER), *_at_least(_X32, _refuse(errno.ENOSYS)),
    ]  # fmt: skip
    for number in _REFUSED[machine]:
        steps += _if_equal(number, _refuse(errno.EPERM))
    for number in _ABSENT[machine]:
        steps += _if_equal(number, _refuse(errno.ENOSYS))
    steps += _within(_CLONE[machine], [_load(_FIRST), *_if_any(_NAMESPACES, _refuse(errno.EPERM))])
    other = [*_if_equal(_UNIX, _ALLOW), _give(_refuse(errno.EAFNOSUPPORT))]
    steps += _within(_SOCKET[machine], [_load(_FIRST), *other])
    typed = [step for one in _TYPED for step in _if_equal(one, _refuse(errno.EPERM))]
    steps += _within(_IOCTL[machine], [_load(_SECOND), *typed])
    buffers = [step for one in _BUFFERS for step in _if_equal(one, _refuse(errno.EPERM))]
    steps += _within(_SETSOCKOPT[machine], [_load(_THIRD), *buffers])
    if not cuda:
        masked = [_load(_FOURTH), _mask(_SHARED_ANONYMOUS)]
        refused = _if_equal(_SHARED_ANONYMOUS, _refuse(errno.ENOMEM))
        steps += _within(_MMAP[machine], [*masked, *refused])
    steps.append(_give(_ALLOW))
    return b"".join(steps)


def _step(code: int, yes: int, no: int, value: int) -> bytes:
    """One struct sock_filter."""
    return pack("=HBBI", code, yes, no, value)


def _load(offset: int) -> bytes:
    return _step(0x20, 0, 0, offset)  # BPF_LD | BPF_W | BPF_ABS


def _mask(bits: int) -> bytes:
    return _step(0x54, 0, 0, bits)  # BPF_ALU | BPF_AND | BPF_K


def _give(verdict: int) -> bytes:
    return _step(0x06, 0, 0, verdict)  # BPF_RET | BPF_K


def _if_equal(value: int, verdict: int) -> list[bytes]:
    return [_step(0x15, 0, 1, value), _give(verdict)]  # BPF_JMP | BPF_JEQ


def _unless(value: int, verdict: int) -> bytes:
    return _step(0x15, 1, 0, value) + _give(verdict)


def _at_least(value: int, verdict: int) -> list[bytes]:
    return [_step(0x35, 0, 1, value), _give(verdict)]  # BPF_JMP | BPF_JGE


def _if_any(bits: int, verdict: int) -> list[bytes]:
    return [_step(0x45, 0, 1, bits), _give(verdict)]  # BPF_JMP | BPF_JSET


def _within(number: int, steps: list[bytes]) -> list[bytes]:
    """Steps for one system call; they end with a verdict, or allow it."""
    return [_step(0x15, 0, len(steps) + 1, number), *steps, _give(_ALLOW)]
