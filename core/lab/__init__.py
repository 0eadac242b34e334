"""The lab: runs beside each other, and sweeps over their settings."""
