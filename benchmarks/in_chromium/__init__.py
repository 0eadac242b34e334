"""What the benchmarks look at in a real Chromium: visits, waits, and what of them is Vega."""
