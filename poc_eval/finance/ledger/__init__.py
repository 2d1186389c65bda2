"""The payment ledger (拨付台账): what was verified, signed, put on notice, paid, returned and recovered.

Entries are only ever added; a correction is a reversing entry.  Everything here is pure: the workspace keeps
the entries and sees to it that nothing is recorded twice.
"""
