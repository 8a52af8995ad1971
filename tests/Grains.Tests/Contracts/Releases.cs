namespace GeminiBalance.Grains.Tests.Contracts;

/// <summary>Messages as releases before and after this one might shape them: the same field numbers, fewer or more of them.</summary>
internal static class Releases
{
    [GenerateSerializer]
    [Alias("test.OlderAsk")]
    internal sealed class OlderAsk
    {
        [Id(0)]
        public string Model { get; set; } = "";

        [Id(4)]
        public long[]? Tokens { get; set; }
    }

    [GenerateSerializer]
    [Alias("test.NewerAsk")]
    internal sealed class NewerAsk
    {
        [Id(0)]
        public string Model { get; set; } = "";

        [Id(1)]
        public long RequestsPerMinute { get; set; }

        [Id(4)]
        public long[]? Tokens { get; set; }

        [Id(6)]
        public NewerSettlement[]? Settlements { get; set; }

        [Id(20)]
        public string? Region { get; set; }

        [Id(21)]
        public NewerDetail? Detail { get; set; }

        [Id(30)]
        public decimal Price { get; set; }
    }

    [GenerateSerializer]
    [Alias("test.NewerSettlement")]
    internal record struct NewerSettlement
    {
        [Id(1)]
        public long Term { get; set; }

        [Id(5)]
        public byte Kind { get; set; }

        [Id(12)]
        public NewerDetail? Detail { get; set; }
    }

    [GenerateSerializer]
    [Alias("test.NewerDetail")]
    internal sealed class NewerDetail
    {
        [Id(0)]
        public Dictionary<string, long> Counts { get; set; } = [];
    }

    [GenerateSerializer]
    [Alias("test.OlderAnswer")]
    internal sealed class OlderAnswer
    {
        [Id(0)]
        public long Term { get; set; }

        [Id(2)]
        public byte Denial { get; set; }

        [Id(3)]
        public long NextIn { get; set; }
    }

    [GenerateSerializer]
    [Alias("test.NewerAnswer")]
    internal sealed class NewerAnswer
    {
        [Id(0)]
        public long Term { get; set; }

        [Id(1)]
        public LedgerGrantMessage[]? Grants { get; set; }

        [Id(7)]
        public NewerDetail[]? Details { get; set; }

        [Id(8)]
        public Guid Trace { get; set; }
    }
}
