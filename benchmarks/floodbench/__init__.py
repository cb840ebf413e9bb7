"""FloodBench: detectors of swings on hourly counts of real apps, in one table."""
