"""What people see: pages, charts, reports, alerts, and the command `floodgauge`."""
