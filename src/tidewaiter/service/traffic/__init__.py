"""Invented parcel traffic with real skew, and patterns planted in it, to measure what patterns find and at what cost."""

from tidewaiter.service.traffic.planted import KINDS
from tidewaiter.service.traffic.writing import Made, write_traffic

__all__ = ["KINDS", "Made", "write_traffic"]
