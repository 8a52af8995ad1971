using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>What a client asked for, what that goes on with, and whose it is.</summary>
internal sealed record ResponsesCall(ResponsesRequest Request, Conversation Conversation, string Client)
{
    /// <summary>What the request holds.</summary>
    public int Bytes { get; init; }
}
