"""What generated mail is made of: words, people and firms, goods, and how often each comes again. See `service.generate`."""
