"""The workbook of a settlement (补助资金测算): what was claimed, the rules, every step, and what is paid."""
