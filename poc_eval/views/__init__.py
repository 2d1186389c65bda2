"""Records and results as static, accessible HTML fragments and SVG charts."""
