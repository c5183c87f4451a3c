"""Writes all that is generated from the catalogues: words, learning rates that are missing, golden links, menus.

Run it after adding an entry, and read the difference before committing it. Rates and links that are there stay.
"""

from scripts import suggest_model_rates, suggest_rates, words
from tests.golden.writing import write_links, write_menu

if __name__ == "__main__":
    words.write()
    suggest_rates.fill()
    suggest_model_rates.fill()
    write_links()
    write_menu()
