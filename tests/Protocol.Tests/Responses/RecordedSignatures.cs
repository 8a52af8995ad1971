namespace GeminiBalance.Protocol.Tests.Responses;

internal sealed class RecordedSignatures : IThoughtSignatures
{
    public Dictionary<string, string> Kept { get; } = [];

    public string? Find(string toolCallId) => Kept.GetValueOrDefault(toolCallId);

    public string? Find(CallFingerprint call) => null;

    public void Keep(string toolCallId, CallFingerprint call, string signature) => Kept.Add(toolCallId, signature);
}
