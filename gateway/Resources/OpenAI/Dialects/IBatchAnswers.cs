using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers of a batch's file in the terms of one endpoint. One per reading.</summary>
internal interface IBatchAnswers
{
    /// <param name="key">The key of the request.</param>
    /// <param name="line">The upstream's line.</param>
    /// <returns>Null when more lines belong to the answer.</returns>
    /// <exception cref="MalformedAnswerException">It is no answer.</exception>
    BatchAnswer? Take(string key, JsonElement line);

    /// <summary>What is still owed when the file has ended.</summary>
    IEnumerable<BatchAnswer> Rest() => [];
}
