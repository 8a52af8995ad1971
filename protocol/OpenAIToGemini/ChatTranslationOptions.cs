using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What a translation needs beside the request itself.</summary>
public sealed record ChatTranslationOptions
{
    /// <summary>The upstream's model, after <see cref="ModelName.Normalize"/>.</summary>
    public required string Model { get; init; }

    /// <summary>What <see cref="RemoteMedia.Find"/> named, fetched.</summary>
    public IReadOnlyDictionary<Uri, MediaContent> Media { get; init; } = new Dictionary<Uri, MediaContent>();

    public IThoughtSignatures Signatures { get; init; } = NoThoughtSignatures.Instance;

    /// <summary>Defaults; a client's own (<c>extra_body.google.safety_settings</c>) replace them.</summary>
    public IReadOnlyList<GeminiSafetySetting> SafetySettings { get; init; } = [];

    /// <summary>What the model's name asks for; it wins over what the request says of the same.</summary>
    public ModelFeatures Features { get; init; } = ModelFeatures.None;

    /// <summary>Tokens to think when neither the name nor the request says; -1 lets the model decide, null says nothing.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary>Whether code execution is offered to requests that bring no functions of their own and ask for nothing it excludes.</summary>
    public bool OffersCodeExecution { get; init; }

    /// <summary>The same for reading the pages whose addresses a request names.</summary>
    public bool OffersUrlContext { get; init; }

    /// <summary>Whether the answer is to end with links to its sources.</summary>
    public bool ShowsSources { get; init; }

    /// <summary>Whether thoughts are asked for, unless the client declines them.</summary>
    public bool IncludeThoughts { get; init; }

    /// <summary>One upstream call per choice, for a model that refused several candidates.</summary>
    public bool OneChoicePerCall { get; init; }

    /// <summary>Leaves log probabilities out, for a model that refused them.</summary>
    public bool OmitLogprobs { get; init; }

    /// <summary>Cleaned schemas in Gemini's own dialect, for a model that refused a JSON schema.</summary>
    public bool PlainSchemas { get; init; }

    /// <summary>Replaces every thought signature, for a model that refused one (after a change of key or model).</summary>
    public bool ReplaceSignatures { get; init; }
}
