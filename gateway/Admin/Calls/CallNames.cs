using System.Text.Json;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The names of outcomes and faces in the admin API.</summary>
internal static class CallNames
{
    private const string Failed = "failed";
    private static readonly CallOutcomeKind[] All = Enum.GetValues<CallOutcomeKind>();

    /// <summary>What the filter takes.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [.. All.Select(NameOf), Failed];

    public static string NameOf(CallOutcomeKind outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    public static string NameOf(CallFace face) => face switch
    {
        CallFace.OpenAI => "openai",
        CallFace.Gemini => "gemini",
        CallFace.OpenAIForward => "openai_forward",
        CallFace.ModelList => "models",
        CallFace.Anthropic => "anthropic",
        CallFace.Live => "live",
        CallFace.Vertex => "vertex",
        _ => "probe",
    };

    /// <returns>Null when there is no such outcome.</returns>
    public static IReadOnlyList<CallOutcomeKind>? Find(string name) =>
        name == Failed ? [.. All.Where(IsFailure)]
        : Outcomes.Contains(name) ? [All.Single(outcome => NameOf(outcome) == name)]
        : null;

    /// <summary>A client that leaves is nobody's failure.</summary>
    public static bool IsFailure(CallOutcomeKind outcome) => outcome is not (CallOutcomeKind.Succeeded or CallOutcomeKind.ClientLeft);
}
