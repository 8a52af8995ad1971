using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.Models;

/// <summary>What is to be written into a request in Gemini's own terms. What the request says itself stays, except a model's other name.</summary>
public sealed record NativeDefaults
{
    /// <summary>What the client called, and what that means.</summary>
    public required ModelRequest Model { get; init; }

    /// <summary>For requests without any of their own.</summary>
    public IReadOnlyList<GeminiSafetySetting> SafetySettings { get; init; } = [];

    /// <summary>Tokens to think when neither the name nor the request says; null says nothing.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary>Whether thoughts are asked for where these defaults say how much to think, and the request does not say whether to show it.</summary>
    public bool IncludeThoughts { get; init; }

    public bool OffersCodeExecution { get; init; }

    public bool OffersUrlContext { get; init; }

    /// <summary>Nothing to write: the request's bytes can stay as they are.</summary>
    public bool IsEmpty => Model.IsPlain && SafetySettings.Count == 0 && ThinkingBudget is null && !OffersCodeExecution && !OffersUrlContext;
}
