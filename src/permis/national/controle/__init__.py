"""What must be right in a file before the kernel reads it: one compiled pass a batch, then a sentence a fault."""
