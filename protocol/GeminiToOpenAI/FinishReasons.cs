using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Gemini's finish reasons in OpenAI's closed set; typed SDKs throw on any other value.</summary>
internal static class FinishReasons
{
    public static FinishClass ClassOf(FinishReason reason) => reason switch
    {
        FinishReason.Stop or FinishReason.NoImage => FinishClass.Stop,
        FinishReason.MaxTokens => FinishClass.Length,
        FinishReason.Safety or FinishReason.Recitation or FinishReason.Language or FinishReason.Blocklist or FinishReason.ProhibitedContent
            or FinishReason.Spii or FinishReason.ImageSafety or FinishReason.ImageProhibitedContent or FinishReason.ImageRecitation
            or FinishReason.ImageOther or FinishReason.ModelArmor => FinishClass.ContentFilter,
        FinishReason.Other or FinishReason.Unknown or FinishReason.Unspecified or FinishReason.MalformedFunctionCall
            or FinishReason.UnexpectedToolCall or FinishReason.TooManyToolCalls or FinishReason.MissingThoughtSignature
            or FinishReason.MalformedResponse => FinishClass.Failure,
        _ => FinishClass.Failure,
    };

    /// <param name="reason">The last one of the candidate.</param>
    /// <param name="sawCall">Whether the candidate made a call anywhere in the stream. Only STOP is turned into a call's finish: arguments cut by
    /// MAX_TOKENS or withheld by a filter must not be executed.</param>
    /// <param name="legacy">Whether the client speaks the old <c>functions</c> form.</param>
    public static string ToOpenAI(FinishReason reason, bool sawCall, bool legacy) => ClassOf(reason) switch
    {
        FinishClass.Length => "length",
        FinishClass.ContentFilter => "content_filter",
        _ when reason == FinishReason.Stop && sawCall => legacy ? "function_call" : "tool_calls",
        _ => "stop",
    };
}
