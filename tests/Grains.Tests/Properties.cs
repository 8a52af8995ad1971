// Each test runs a cluster of its own in real time: beside others it would measure them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
