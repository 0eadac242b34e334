import pickle

from core.messages import N_, InputError


def test_an_input_error_survives_the_way_between_processes() -> None:
    error = InputError(N_("{name} must be at least 1, not {value}."), name="n", value=0)
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error) == "n must be at least 1, not 0."
    assert copy.values == error.values
    assert copy.message == error.message
