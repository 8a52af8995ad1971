using System.Text;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Code that ran in an earlier turn, as the model is told of it.</summary>
internal static class CodeText
{
    public static string Of(string? code, List<string>? logs)
    {
        var text = new StringBuilder("```python\n").Append(code).Append("\n```");
        foreach (var log in logs ?? [])
        {
            text.Append("\n```output\n").Append(log).Append("\n```");
        }

        return text.ToString();
    }
}
