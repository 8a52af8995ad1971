using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Something that requests of another API ask for and Gemini cannot do.</summary>
/// <param name="Why">For the table.</param>
/// <param name="Param">Which parameters the error may name.</param>
/// <param name="Asks">Where a request asks for it.</param>
internal sealed record Refusal(string Why, Regex Param, Regex Asks)
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(10);

    /// <param name="why">For the table.</param>
    /// <param name="param">A pattern of what the error may name.</param>
    /// <param name="asks">A pattern of what stands in the request.</param>
    public static Refusal Of(string why, [StringSyntax(StringSyntaxAttribute.Regex)] string param, [StringSyntax(StringSyntaxAttribute.Regex)] string asks) =>
        new(why, new Regex(param, RegexOptions.ExplicitCapture, TimeOut), new Regex(asks, RegexOptions.ExplicitCapture, TimeOut));
}
