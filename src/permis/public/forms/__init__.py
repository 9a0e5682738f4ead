"""The small calm forms of the public page, one a kind of fact."""
