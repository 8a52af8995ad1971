namespace GeminiBalance.Load.Proofs;

/// <summary>Whom to kill next: a silo, a gateway, one of each, over and over, every place in its turn.</summary>
internal static class KillSchedule
{
    /// <param name="number">Of the kill, from 0.</param>
    /// <param name="silos">How many there are.</param>
    /// <param name="gateways">How many there are.</param>
    /// <returns>Places from 0; null where none of the kind is killed.</returns>
    public static (int? Silo, int? Gateway) At(int number, int silos, int gateways)
    {
        var (round, step) = (number / 3, number % 3);
        int? silo = step == 1 ? null : ((round * 2) + (step / 2)) % silos;
        int? gateway = step == 0 ? null : ((round * 2) + step - 1) % gateways;
        return (silo, gateway);
    }
}
