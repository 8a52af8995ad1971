using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Finds the thought signature of a call that comes back, for clients that know nothing of signatures too.</summary>
internal static class CallSignature
{
    /// <summary>Documented by Google for calls whose signature is lost: never refused, at some cost in quality.</summary>
    public const string Dummy = "skip_thought_signature_validator";

    // LiteLLM appends the signature to the id, because ids are what every client returns.
    private const string IdMark = "__thought__";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=");

    /// <summary>Looks where the client kept it, then in the id, then in the memory of earlier answers by the id.</summary>
    public static string? Find(ToolCall call, string? ofMessage, IThoughtSignatures memory) =>
        Carried(call, ofMessage) ?? (call.Id.Length > 0 ? Checked(memory.Find(call.Id)) : null);

    /// <summary>Looks where the client kept it, then in the id.</summary>
    public static string? Carried(ToolCall call, string? ofMessage)
    {
        if ((Checked(call.ThoughtSignature) ?? Checked(ofMessage)) is { } carried)
        {
            return carried;
        }

        var mark = call.Id.IndexOf(IdMark, StringComparison.Ordinal);
        return mark >= 0 ? Checked(call.Id[(mark + IdMark.Length)..]) : null;
    }

    /// <summary>Looks in the memory of earlier answers by what was called.</summary>
    public static string? Find(string function, RawJson arguments, IThoughtSignatures memory) => Checked(memory.Find(FingerprintOf(function, arguments)));

    public static CallFingerprint FingerprintOf(string function, RawJson arguments)
    {
        using var parsed = JsonDocument.Parse(arguments.Utf8, new JsonDocumentOptions { MaxDepth = RequestLimits.JsonDepthMax + 1 });
        return CallFingerprint.Of(function, parsed.RootElement);
    }

    /// <summary>The id without what LiteLLM appended.</summary>
    public static string StripId(string id)
    {
        var mark = id.IndexOf(IdMark, StringComparison.Ordinal);
        return mark > 0 ? id[..mark] : id;
    }

    /// <summary>Null for what is no base64: the upstream refuses the whole request for it.</summary>
    public static string? Checked(string? signature) => signature is { Length: > 0 } && !signature.AsSpan().ContainsAnyExcept(Alphabet) ? signature : null;
}
