using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>What the answer depends on, of a native or a compatible request.</summary>
internal sealed record PromptView
{
    public required Directives Asked { get; init; }

    /// <summary>What has been said of the answer already, when its rest is asked for.</summary>
    public string Said { get; init; } = "";

    public IReadOnlyList<DeclaredFunction> Functions { get; init; } = [];

    /// <summary>A function must be called (mode ANY).</summary>
    public bool MustCall { get; init; }

    /// <summary>No function may be called (mode NONE).</summary>
    public bool MayNotCall { get; init; }

    /// <summary>Turns with function calls since the last user text.</summary>
    public int CallTurns { get; init; }

    /// <summary>The results the last turn carries, in order; their JSON.</summary>
    public IReadOnlyList<(string Name, string Json)> Results { get; init; } = [];

    public bool WantsJson { get; init; }

    public bool WantsEnum { get; init; }

    /// <summary>Undefined without one.</summary>
    public JsonElement Schema { get; init; }

    public int Candidates { get; init; } = 1;

    /// <summary>0 is no limit.</summary>
    public long OutputTokensMax { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    public bool IncludeThoughts { get; init; }

    public bool WantsLogProbs { get; init; }

    public int TopLogProbs { get; init; } = 1;

    public bool WantsImage { get; init; }

    /// <summary>A picture and no text beside it.</summary>
    public bool WantsOnlyImage { get; init; }

    public bool WantsSpeech { get; init; }

    public bool HasSearch { get; init; }

    public bool HasCache { get; init; }

    /// <summary>What there is to write down, when the last turn is speech without a word of text.</summary>
    public string? Heard { get; init; }

    public string SystemText { get; init; } = "";

    public long PromptTokens { get; init; }
}
