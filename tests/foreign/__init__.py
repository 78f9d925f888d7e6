"""Programs of others that read our files; ``make foreign`` installs them and runs these."""
