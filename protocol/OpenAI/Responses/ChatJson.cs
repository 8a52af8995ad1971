using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>How JSON is written for clients.</summary>
internal static class ChatJson
{
    /// <summary>Answers are JSON bodies, never part of a page: text stays as it is, and base64 keeps its plus signs.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
