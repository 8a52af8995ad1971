using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>An interaction of one project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Payer">The project that made it.</param>
/// <param name="Turns">The conversation, its answer included, as <c>contents</c>.</param>
internal sealed record StoredInteraction(string Id, string Payer, IReadOnlyList<JsonNode> Turns)
{
    private const int LooksUntilDone = 2;

    /// <summary>What there is when it is done.</summary>
    public required JsonObject Done { get; init; }

    /// <summary>The events of its stream, from <c>interaction.created</c> to <c>[DONE]</c>.</summary>
    public required IReadOnlyList<byte[]> Events { get; init; }

    /// <summary><c>in_progress</c> until it was looked at twice, then that of <see cref="Done"/>; or <c>cancelled</c>.</summary>
    public required string Status { get; set; }

    private int Looks { get; set; }

    public bool IsRunning => Status == "in_progress";

    /// <summary>Brings one that runs forward.</summary>
    public void Look()
    {
        if (IsRunning && ++Looks >= LooksUntilDone)
        {
            Finish();
        }
    }

    public void Finish() => Status = (string)Done["status"]!;

    public JsonObject Show()
    {
        var shown = (JsonObject)Done.DeepClone();
        if (Status != (string)Done["status"]!)
        {
            shown["status"] = Status;
            shown.Remove("usage");
            shown["steps"] = new JsonArray();
        }

        return shown;
    }
}
