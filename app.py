"""Neuron Ladder: page configuration, navigation, and the frame that every page shares."""

from pages.asking import experiment, record
from pages.shared import frame
from pages.shared import page_parts as parts

if __name__ == "__main__":  # worker processes import this script again and must not draw
    place = frame.configure()
    page = frame.navigation(place)
    with place:
        experiment.arrive()
        record.keep()
    with frame.page_place(), parts.of_page():
        page.run()
