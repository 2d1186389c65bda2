"""The payment ledger (拨付台账) as tables: all payouts, each one's plan and entries, budget lines."""
