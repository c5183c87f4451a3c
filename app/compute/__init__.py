"""Where work runs: supervised local processes behind the standard `Executor` interface."""
