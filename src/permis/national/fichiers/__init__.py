"""Files of columns: a file or a folder of parts, read batch by batch, written whole or not at all, resumed by part."""
