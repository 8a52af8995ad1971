using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Code that the model ran, and its output, back from the fenced blocks in which the client saw them.</summary>
internal static class CodeBlocks
{
    // A text full of blocks that only look alike must not cost the square of its length.
    private const int MisfitsMax = 100;

    private const string CodeStart = "`python\n";
    private const string OutputStart = "output\n";

    /// <summary>Splits off every block of code with the block of its output right behind it: the very form in which answers are written here.</summary>
    /// <param name="text">An earlier answer.</param>
    /// <param name="parts">Gets code and output.</param>
    /// <param name="addText">Gets what stands between them.</param>
    public static void Split(string text, List<GeminiPart> parts, Action<string> addText)
    {
        var rest = 0;
        var misfits = 0;
        for (var at = text.IndexOf(CodeStart, StringComparison.Ordinal); at >= 0 && misfits < MisfitsMax; at = text.IndexOf(CodeStart, Math.Max(at + 1, rest), StringComparison.Ordinal))
        {
            var start = FenceStart(text, at);
            if (start < rest || !TryRead(text, start, at + 1 - start, out var code, out var output, out var end))
            {
                misfits++;
                continue;
            }

            addText(text[rest..Math.Max(rest, start - 1)]);
            parts.Add(new GeminiPart { ExecutableCode = new GeminiCode("PYTHON", code) });
            parts.Add(new GeminiPart { CodeExecutionResult = new GeminiCodeResult("OUTCOME_OK", output) });
            rest = end;
        }

        addText(rest == 0 ? text : text[rest..].TrimStart('\n'));
    }

    private static bool TryRead(string text, int start, int fence, out string code, out string output, out int end)
    {
        (code, output, end) = ("", "", 0);
        if (fence < 3 || (start > 0 && text[start - 1] != '\n') || !TryBody(text, start + fence + CodeStart.Length - 1, fence, out code, out var next)
            || next >= text.Length)
        {
            return false;
        }

        var second = 0;
        while (++next < text.Length && text[next] == '`')
        {
            second++;
        }

        return second >= 3 && text.AsSpan(next).StartsWith(OutputStart, StringComparison.Ordinal) && TryBody(text, next + OutputStart.Length, second, out output, out end);
    }

    // Up to the line that holds the fence alone; end stands behind it.
    private static bool TryBody(string text, int from, int fence, out string body, out int end)
    {
        var close = text.IndexOf("\n" + new string('`', fence), from - 1, StringComparison.Ordinal);
        end = close + 1 + fence;
        body = close < from ? "" : text[from..close];
        return close >= 0 && (end == text.Length || text[end] == '\n');
    }

    private static int FenceStart(string text, int last)
    {
        while (last > 0 && text[last - 1] == '`')
        {
            last--;
        }

        return last;
    }
}
