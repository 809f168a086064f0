"""How fast the whole way is, and where its time goes: what `tidewaiter bench` measures on generated mail.

Processor time is what is held against the figures asked, since other programs on the machine lengthen the time on the clock;
both are printed.
"""
