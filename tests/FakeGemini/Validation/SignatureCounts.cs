using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>What calls of functions came back with: in each content of the model's, its first call.</summary>
public sealed class SignatureCounts
{
    private const string StandIn = "skip_thought_signature_validator";
    private long given;
    private long standIns;
    private long none;

    /// <summary>The signature that this server gave.</summary>
    public long Given => Interlocked.Read(ref given);

    /// <summary>The text that Google documents for lost signatures.</summary>
    public long StandIns => Interlocked.Read(ref standIns);

    /// <summary>Nothing.</summary>
    public long None => Interlocked.Read(ref none);

    internal void Add(JsonElement request)
    {
        foreach (var content in request.Items("contents"))
        {
            if (content.Items("parts").FirstOrDefault(part => part.Has("functionCall")) is { ValueKind: JsonValueKind.Object } call)
            {
                var signature = call.Text("thoughtSignature");
                Interlocked.Increment(ref signature is null ? ref none : ref signature == StandIn ? ref standIns : ref given);
            }
        }
    }

    internal void Clear() => (given, standIns, none) = (0, 0, 0);
}
