using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>What answers of the Interactions API must be to count as answers.</summary>
internal static class InteractionContracts
{
    /// <summary>A new interaction that a client waits for: like <c>generateContent</c>, it must say something and come to an end.</summary>
    /// <param name="scan">Reads its facts.</param>
    public static AnswerContract Awaited(AnswerScan scan) => new(scan, MustBeUseful: true, MustFinish: true) { WholeMustFinish = true };

    /// <summary>One that goes on in the background: its first event is what the client needs, and its stream may pause.</summary>
    /// <param name="scan">Reads its facts.</param>
    public static AnswerContract Background(AnswerScan scan) => new(scan, MustBeUseful: false, MustFinish: false);

    /// <summary>What the upstream says of one that it keeps.</summary>
    public static readonly AnswerContract Kept = Background(InteractionScan.Scan);
}
