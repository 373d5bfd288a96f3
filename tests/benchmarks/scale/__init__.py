"""The parts of `bench_search.py`: each measures one thing on one data folder, in a process of its own."""
