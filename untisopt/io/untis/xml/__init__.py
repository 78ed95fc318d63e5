"""The XML export of Untis (XmlInterface 3.x): read with the position of every byte, and rewritten in place."""
