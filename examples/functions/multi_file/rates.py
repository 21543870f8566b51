from datetime import datetime


def per_second(before, after, counter):
    """The rate of a counter between two samples; 0 when it was reset."""
    seconds = (at(after) - at(before)).total_seconds()
    return max(0, after[counter] - before[counter]) / seconds


def at(sample):
    return datetime.fromisoformat(sample["timestamp"])
