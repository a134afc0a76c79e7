"""Grammar engines behind one small protocol: text → matches."""
