using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What a response needs to know of its request. One per client request.</summary>
/// <param name="Answer">Id, time, model and tool names, as for chat.</param>
/// <param name="Request">What the response repeats, and what it was asked to include.</param>
/// <param name="IsStored">Whether the response is going to be kept.</param>
public sealed record ResponsesAnswerContext(ChatAnswerContext Answer, ResponsesRequest Request, bool IsStored)
{
    public string ResponseId => ResponseIds.Of(Answer.AnswerId);
}
