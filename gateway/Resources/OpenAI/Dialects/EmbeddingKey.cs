using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The key of one text of a line: the upstream gives it back with the vector, and so it holds all that the answer needs.</summary>
/// <param name="Id">The client's name of the line.</param>
/// <param name="Index">Which of the line's texts it is.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Tokens">Estimated tokens of the text.</param>
/// <param name="AsBase64">How the client wants its vectors.</param>
internal sealed partial record EmbeddingKey(string Id, int Index, int Count, long Tokens, bool AsBase64)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AsBase64 ? 'b' : 'f')}{Index}/{Count}/{Tokens}:{Id}");

    public static bool TryParse(string text, [NotNullWhen(true)] out EmbeddingKey? key)
    {
        var match = Form().Match(text);
        key = match.Success ? new(match.Groups["id"].Value, Number(match.Groups["index"]), Number(match.Groups["count"]), Number(match.Groups["tokens"]), match.Groups["form"].ValueSpan is "b") : null;
        return key is not null && key.Index < key.Count;
    }

    [GeneratedRegex(@"\A(?<form>[bf])(?<index>[0-9]{1,5})/(?<count>[0-9]{1,5})/(?<tokens>[0-9]{1,8}):(?<id>.*)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    private static int Number(Capture digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
}
