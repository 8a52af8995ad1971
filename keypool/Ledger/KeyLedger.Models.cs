namespace GeminiBalance.KeyPool;

/// <content>The models a key keeps state for: few, so a list; bounded, since clients may name any.</content>
public sealed partial class KeyLedger
{
    /// <summary>
    /// At least the calls of the day of any model that was forgotten: a model without a ledger of its own has this count. The models of the fewest
    /// calls are forgotten first, so it stays small beside a limit, however many names are invented.
    /// </summary>
    private DayBudget forgotten;

    private ModelLedger? Find(string model)
    {
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            if (ledger.Model == model)
            {
                return ledger;
            }
        }

        return null;
    }

    private ref DayBudget DaysOf(ModelLedger? ledger) => ref (ledger is null ? ref forgotten : ref ledger.Days);

    /// <summary>Null when the key keeps live state for as many models as it may.</summary>
    private ModelLedger? AddModel(string model, long now)
    {
        if (modelCount >= options.ModelsMax && !MakeRoom(now))
        {
            return null;
        }

        if (modelCount == models.Length)
        {
            Array.Resize(ref models, Math.Max(1, 2 * modelCount));
        }

        var ledger = new ModelLedger(model) { Days = forgotten };
        ledger.Window.Clear(now - 1); // What was granted before is not in it: its settlement must not correct what comes now.
        models[modelCount++] = ledger;
        return ledger;
    }

    private bool MakeRoom(long now)
    {
        var first = FirstDay(now);
        var kept = 0;
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Window.Expire(now, Span);
            if (!ledger.IsIdle(now, first))
            {
                models[kept++] = ledger;
            }
        }

        if (kept == modelCount)
        {
            if (FindVictim(now, first) is not { } victim)
            {
                return false;
            }

            forgotten.AtLeast(models[victim].Days);
            models[victim] = models[--kept];
        }

        Array.Clear(models, kept, modelCount - kept);
        modelCount = kept;
        return true;
    }

    /// <summary>The model of the fewest calls; null while its minute is not over.</summary>
    private int? FindVictim(long now, int firstDay)
    {
        int? victim = null;
        for (var i = 0; i < modelCount; i++)
        {
            var ledger = models[i];
            ledger.Days.Roll(LastDay(now));
            if (ledger.IsUnmarked(now, firstDay) && (victim is not { } least || ledger.Days.Used < models[least].Days.Used
                || (ledger.Days.Used == models[least].Days.Used && CanGo(ledger, now))))
            {
                victim = i;
            }
        }

        return victim is { } found && CanGo(models[found], now) ? victim : null;
    }

    // Forgetting a model that the upstream does not offer costs one more refused call.
    private static bool CanGo(ModelLedger ledger, long now) => ledger.Window.IsEmpty || ledger.UnavailableUntil > now;
}
