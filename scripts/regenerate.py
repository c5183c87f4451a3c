"""Writes all that is generated from the catalogues: learning rates that are missing, golden links, the menus' order.

Run it after adding an entry, and read the difference before committing it. Rates and links that are there stay.
"""

from scripts import suggest_model_rates, suggest_rates
from tests.golden.writing import write_links, write_menu

if __name__ == "__main__":
    suggest_rates.fill()
    suggest_model_rates.fill()
    write_links()
    write_menu()
