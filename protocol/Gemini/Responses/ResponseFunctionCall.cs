using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

public sealed class ResponseFunctionCall
{
    /// <summary>Eight characters from Gemini 3.5 on, absent before; unique in one answer at best.</summary>
    public string? Id { get; set; }

    public string? Name { get; set; }

    /// <summary>An object; undefined when the call has no arguments.</summary>
    public JsonElement Args { get; set; }
}
