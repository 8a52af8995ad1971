using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

public sealed class ResponseFunctionCall
{
    /// <summary>Eight characters from Gemini 3.5 on, absent before; unique in one answer at best.</summary>
    public string? Id { get; set; }

    /// <summary>Missing in what continues a call.</summary>
    public string? Name { get; set; }

    /// <summary>An object; undefined when the call has no arguments.</summary>
    public JsonElement Args { get; set; }

    /// <summary>Pieces of the arguments, sent by models with streamed arguments in place of <see cref="Args"/>.</summary>
    public List<PartialArg?>? PartialArgs { get; set; }

    /// <summary>Whether more pieces of this call follow.</summary>
    public bool? WillContinue { get; set; }
}
