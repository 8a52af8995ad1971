namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>All replays share one gateway, one after the other: the upstream plays one recording at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ReplayCollection : ICollectionFixture<ReplayRun>
{
    public const string Name = "Replay";
}
