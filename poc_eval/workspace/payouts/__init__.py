"""The finance officer's working papers: what claims are paid (核定测算) and the payment ledger (拨付台账)."""
