using System.Text.Json;

namespace GeminiBalance.KeyPool;

/// <summary>One key's ledger at rest. Properties are added, never renamed: older rows must stay readable.</summary>
public sealed record KeyLedgerSnapshot
{
    public required string KeyId { get; init; }

    /// <summary>The form of this text. A reader of version 1 reads every later text of version 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When it was taken, on the clock that all its moments were read from; missing in old rows.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Rejected, suspended or disabled; missing when active.</summary>
    public KeyState State { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Consecutive failures by the key's fault.</summary>
    public int Failures { get; init; }

    /// <summary>The share of the configured weight that failures took away.</summary>
    public double LostWeight { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    /// <summary>After an unclean stop: until when minute windows count as full.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The Pacific day (a day number of <see cref="DateOnly"/>) of the last unclean stop.</summary>
    public int UncleanDay { get; init; }

    /// <summary>Unclean stops on that day.</summary>
    public int UncleanStops { get; init; }

    /// <summary>The Pacific day (a day number of <see cref="DateOnly"/>) for which <see cref="ForgottenUsed"/> counts.</summary>
    public int ForgottenDay { get; init; }

    /// <summary>Requests that any model which is not among <see cref="Models"/> may have spent of that day.</summary>
    public int ForgottenUsed { get; init; }

    /// <summary>The same of the day before.</summary>
    public int ForgottenUsedBefore { get; init; }

    /// <summary>Whether a holder before the last one may still grant, for all the last one knew.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>The first term since which every claim was given back in order; missing in old rows.</summary>
    public long InOrderSince { get; init; }

    /// <summary>The <see cref="ProjectId"/> of the ledger that grants for the key; missing when this one does.</summary>
    public string? Project { get; init; }

    /// <summary>The version of the key's row that says so.</summary>
    public long RosterVersion { get; init; }

    /// <summary>Whether that ledger has not counted yet what this one has.</summary>
    public bool IsMoving { get; init; }

    public IReadOnlyList<ModelLedgerSnapshot>? Models { get; init; }

    internal int ForgottenOn(int day) => day == ForgottenDay ? ForgottenUsed : 0;

    /// <summary>Requests that a model may have spent of a day.</summary>
    internal int UsedOn(int day, string model) => Models?.FirstOrDefault(known => known.Model == model && known.Day == day)?.Used ?? ForgottenOn(day);

    /// <summary>The ledger as <see cref="KeyLedger.Enable"/> would leave it: in use, and spent what it has spent.</summary>
    public KeyLedgerSnapshot Enabled() => this with
    {
        State = default,
        Reason = null,
        Since = null,
        Failures = 0,
        LostWeight = 0,
        Models = Models?.Select(model => model.Enabled()).ToList(),
    };

    /// <summary>The same ledger on another clock: one that shows <paramref name="takenAt"/> for the moment at which it was taken.</summary>
    public KeyLedgerSnapshot Shifted(DateTimeOffset takenAt)
    {
        if (TakenAt is not { } then || then == takenAt)
        {
            return this;
        }

        var by = takenAt - then;
        return this with
        {
            TakenAt = takenAt,
            Since = Since + by,
            HeldUntil = HeldUntil + by,
            Models = Models?.Select(model => model.Shifted(by)).ToList(),
        };
    }

    /// <summary>The stored form: UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PersistenceJsonContext.Default.KeyLedgerSnapshot);

    public static KeyLedgerSnapshot FromJson(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, PersistenceJsonContext.Default.KeyLedgerSnapshot) ?? throw new JsonException("A ledger is stored as null.");
}
