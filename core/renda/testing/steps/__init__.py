"""The Chinese steps of feature files, for the nouns all practices share."""
